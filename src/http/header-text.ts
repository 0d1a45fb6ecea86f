/** Whether a text can be the value of a header, and means the same there to everyone. */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
