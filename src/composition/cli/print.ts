/** Prints an answer: as JSON where a script listens, else as the text for a person. */
export function print(options: { readonly json?: boolean }, value: unknown, text: () => string): void {
  console.log(options.json === true ? JSON.stringify(value, null, 2) : text());
}
