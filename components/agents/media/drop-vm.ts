/** As the API takes them in PATCH. */
export interface DropVm {
  id?: string | undefined;
  name: string;
  mediaUrl: string;
}
