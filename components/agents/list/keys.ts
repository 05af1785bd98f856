/** The keys of the list and what they do, for the list of keys; `text` is a key of the catalogue's `agents.keys`. */
export const agentListKeys = [
  { keys: "/", text: "search" },
  { keys: "f", text: "filter" },
  { keys: "j", text: "down" },
  { keys: "k", text: "up" },
  { keys: "Enter", text: "open" },
  { keys: "x", text: "select" },
  { keys: "Shift ↓", text: "selectRange" },
  { keys: "Esc", text: "clearSelection" },
  { keys: "[", text: "back" },
  { keys: "]", text: "next" },
] as const;
