/** What sellers call options and their values, where it is said otherwise than they write it; all else is shown as it is. */
const names: Readonly<Record<string, string>> = {
  colour: 'Colour',
  color: 'Colour',
  size: 'Size',
  length: 'Length',
  weight: 'Weight',
  volume: 'Volume',
  grind: 'Grind',
  ruling: 'Ruling',
  nib: 'Nib',
};
const values: Readonly<Record<string, string>> = {};

export const options = {
  name: (name: string): string => names[name] ?? capital(name),
  value: (value: string): string => values[value] ?? capital(value),
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
