/** Maximum number of characters of a name (docs/contract.md §3). */
export const longestName = 255;

/** The format of PATCH requests. */
export interface DropVm {
  id?: string | undefined;
  name: string;
  mediaUrl: string;
}
