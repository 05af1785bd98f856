/** The format of PATCH requests. */
export interface DropVm {
  id?: string | undefined;
  name: string;
  mediaUrl: string;
}
