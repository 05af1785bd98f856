"use client";

import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { type ButtonLook, type ButtonSize, buttonClasses } from "./button-classes";
import { classes } from "./classes";
import { Spinner } from "./spinner";

export { type ButtonLook, buttonClasses };

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children"> {
  look?: ButtonLook;
  size?: ButtonSize;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
  children: ReactNode;
}

/** A text button. While `isPending`, it keeps its width and focus and ignores presses. */
export function Button({ look = "secondary", size = "medium", className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={classes(buttonClasses(look, size), "relative", className)}>
      {({ isPending }) => (
        <>
          <span className={classes("inline-flex items-center gap-[inherit]", isPending && "opacity-0")}>
            {children}
          </span>
          {isPending && <Spinner className="absolute" />}
        </>
      )}
    </AriaButton>
  );
}
