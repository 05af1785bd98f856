import { Fragment } from "react";
import { classes } from "./classes";
import { emailParts } from "./email-parts";

/** An email address, which breaks at `@` or a dot where a line is too short, and elsewhere only if a part does not fit. */
export function EmailText({ email, className }: { email: string; className?: string }) {
  return (
    <bdi dir="ltr" className={classes("min-w-0 [overflow-wrap:anywhere]", className)}>
      {emailParts(email).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
