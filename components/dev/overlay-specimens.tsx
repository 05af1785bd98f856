"use client";

import { Copy, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { MenuTrigger } from "react-aria-components/Menu";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Keys } from "@/components/ui/keys";
import { Menu, MenuItem, MenuSection, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { TextField } from "@/components/ui/text-field";
import { notify } from "@/components/ui/toast";
import { Tooltip } from "@/components/ui/tooltip";
import { Specimen } from "./specimen";

export function OverlaySpecimens() {
  const [open, setOpen] = useState<"dialog" | "long" | "confirm" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Specimen name="menus">
        <MenuTrigger>
          <Button>Actions</Button>
          <Menu>
            <MenuItem icon={<Pencil className="size-4" />} keys="E">
              Rename
            </MenuItem>
            <MenuItem icon={<Copy className="size-4" />} hint="Soon" isDisabled>
              Duplicate
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 className="size-4" />} danger>
              Delete
            </MenuItem>
          </Menu>
        </MenuTrigger>
        <MenuTrigger>
          <Button>Columns</Button>
          <Menu>
            <MenuSection
              title="Shown columns"
              selectionMode="multiple"
              selectedKeys={["teams"]}
              onSelectionChange={() => {}}
            >
              <MenuItem id="teams">Teams</MenuItem>
              <MenuItem id="zone">Time zone with a very long name that does not fit at all</MenuItem>
            </MenuSection>
          </Menu>
        </MenuTrigger>
      </Specimen>
      <Specimen name="popover">
        <DialogTrigger>
          <Button>Filter</Button>
          <Popover label="Filter" className="w-72 p-3">
            {(done) => (
              <div className="space-y-3">
                <TextField label="Name" />
                <Button look="primary" onPress={done}>
                  Apply
                </Button>
              </div>
            )}
          </Popover>
        </DialogTrigger>
      </Specimen>
      <Specimen name="dialogs">
        <Button onPress={() => setOpen("dialog")}>Dialog</Button>
        <Button onPress={() => setOpen("long")}>Long dialog</Button>
        <Button onPress={() => setOpen("confirm")}>Confirmation</Button>
        <Dialog
          title="Rename the team"
          isOpen={open === "dialog"}
          onOpenChange={close}
          width="small"
          footer={
            <>
              <Button onPress={close}>Cancel</Button>
              <Button look="primary" onPress={close}>
                Rename
              </Button>
            </>
          }
        >
          <TextField label="Name" defaultValue="Support" autoFocus />
        </Dialog>
        <Dialog
          title="A title that is so long that it can't be shown in full on any telephone that there is"
          isOpen={open === "long"}
          onOpenChange={close}
          footer={<Button onPress={close}>Close</Button>}
        >
          <div className="space-y-3">
            {Array.from({ length: 40 }, (_, index) => index + 1).map((line) => (
              <p key={line}>Line {line} of a dialog that scrolls.</p>
            ))}
          </div>
        </Dialog>
        <ConfirmDialog
          title="Delete the team?"
          action="Delete team"
          isOpen={open === "confirm"}
          onOpenChange={close}
          onConfirm={async () => {
            await new Promise((resolve) => setTimeout(resolve, 1_000));
            close();
          }}
        >
          <p>12 agents leave it. This can't be undone.</p>
        </ConfirmDialog>
      </Specimen>
      <Specimen name="tooltips, keys">
        <Tooltip text="What it does" keys="⌘ K">
          <Button>Hover or focus me</Button>
        </Tooltip>
        <Keys keys="⌘ K" />
        <Keys keys="?" />
      </Specimen>
      <Specimen name="notes">
        <Button onPress={() => notify({ kind: "success", title: "Saved" })}>Success</Button>
        <Button
          onPress={() =>
            notify({
              kind: "error",
              title: "The status was not changed",
              detail: "Somebody else changed it a moment ago.",
              action: { label: "Try again", run: () => {} },
            })
          }
        >
          Error
        </Button>
        <Button
          onPress={() =>
            notify({ kind: "info", title: "Deleted 3 agents", action: { label: "Undo", run: () => {} } })
          }
        >
          With an action
        </Button>
      </Specimen>
    </>
  );
}
