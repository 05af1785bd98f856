/** Splits an email address where a line may break: before `@` and each dot. */
export function emailParts(email: string): string[] {
  return email.split(/(?=[@.])/);
}
