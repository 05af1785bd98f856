import { useState } from "react";

/** How a field's value is read from text and written as text. */
export interface TextForm<Value> {
  parse: (text: string) => Value | null;
  format: (value: Value) => string;
}

/**
 * Returns the properties that connect a date or time field of React Aria to a form's value, which is text. React Aria
 * reports nothing while some segments are empty, so a form would save a value that nobody sees. With this, the form
 * gets null, and the other segments stay. If a form ignores null, the field shows its value again on blur.
 */
export function usePartialValue<Value>(
  text: string | null,
  onChange: (text: string | null) => void,
  { parse, format }: TextForm<Value>,
) {
  const stateOf = (next: string | null) => ({ text: next, value: next === null ? null : parse(next) });
  // React Aria overwrites its segments whenever it gets another object, so the object stays the same.
  const [state, setState] = useState(() => stateOf(text));
  const [isPartial, setPartial] = useState(false);
  if (text !== state.text) setState(text === null && isPartial ? { ...state, text } : stateOf(text));
  return {
    field: {
      value: state.value,
      onChange(next: Value | null) {
        if (next === null) setState(stateOf(null));
        onChange(next === null ? null : format(next));
      },
      onBlur() {
        if (isPartial && text !== null) setState(stateOf(text));
      },
    },
    /** Call it with whether some segments are empty, but not all. */
    onPartial(next: boolean) {
      setPartial(next);
      if (next && text !== null) onChange(null);
      // React Aria doesn't report a value that equals the last one.
      else if (!next && text === null && state.value !== null) onChange(format(state.value));
    },
  };
}
