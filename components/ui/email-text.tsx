import { Fragment } from "react";
import { classes } from "./classes";
import { emailParts } from "./email-parts";

/** An email address that wraps at `@` or a dot, and elsewhere only if a part is too long for the line. */
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
