/** The parts of an address between which a line may break: before `@` and before each dot. */
export function emailParts(email: string): string[] {
  return email.split(/(?=[@.])/);
}
