/** Matches dialogs. Excludes toasts, which React Aria renders as alert dialogs that are not modal. */
const dialogs = "[role=dialog], [role=alertdialog]:not([aria-modal=false])";

/** Returns whether a dialog is open, which page shortcuts must not reach behind. */
export function isDialogOpen(): boolean {
  return document.querySelector(dialogs) !== null;
}
