"use client";

import { Archive, Bold, Italic, MoreHorizontal, Plus, Trash2, Underline } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonLook, buttonClasses } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Separator } from "@/components/ui/separator";
import { Toolbar } from "@/components/ui/toolbar";
import { Specimen } from "./specimen";

const looks: ButtonLook[] = ["primary", "secondary", "quiet", "danger"];

export function ButtonSpecimens() {
  const [saving, setSaving] = useState(false);
  return (
    <>
      {looks.map((look) => (
        <Specimen key={look} name={look}>
          <Button look={look}>Save changes</Button>
          <Button look={look}>
            <Plus aria-hidden="true" className="size-4" />
            With icon
          </Button>
          <Button look={look} size="small">
            Small
          </Button>
          <Button look={look} isDisabled>
            Disabled
          </Button>
          <Button look={look} isPending>
            Pending
          </Button>
        </Specimen>
      ))}
      <Specimen name="pending for a while">
        <Button
          look="primary"
          isPending={saving}
          onPress={() => {
            setSaving(true);
            setTimeout(() => setSaving(false), 2_000);
          }}
        >
          Save for two seconds
        </Button>
      </Specimen>
      <Specimen name="icon buttons">
        <IconButton label="More actions">
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton label="Delete" keys="⌫" size="small">
          <Trash2 aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton label="Archive" isDisabled>
          <Archive aria-hidden="true" className="size-4" />
        </IconButton>
      </Specimen>
      <Specimen name="toolbar, separators">
        <Toolbar label="Format">
          <IconButton label="Bold">
            <Bold aria-hidden="true" className="size-4" />
          </IconButton>
          <IconButton label="Italic">
            <Italic aria-hidden="true" className="size-4" />
          </IconButton>
          <Separator vertical />
          <IconButton label="Underline">
            <Underline aria-hidden="true" className="size-4" />
          </IconButton>
        </Toolbar>
        <Separator />
      </Specimen>
      <Specimen name="links">
        <Link href="#buttons">A link in a text</Link>
        <Link href="#buttons" look="plain">
          A plain link
        </Link>
        <a href="#buttons" className={buttonClasses("secondary")}>
          A link like a button
        </a>
      </Specimen>
    </>
  );
}
