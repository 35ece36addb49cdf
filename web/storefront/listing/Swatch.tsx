import styles from './swatch.module.css';

/** The colours that sellers name, as they look. By an attribute of SVG, for the policy allows no styles on elements. */
const COLOURS: Readonly<Record<string, string>> = {
  amber: '#c98a2b',
  black: '#23211f',
  celadon: '#a9c2ae',
  charcoal: '#46464a',
  clay: '#b0714f',
  clear: '#eef3f2',
  cream: '#f4ead2',
  forest: '#2f4a38',
  grey: '#9a9893',
  heather: '#a9a3ad',
  ink: '#2b3240',
  ivory: '#f6f0e1',
  mist: '#c9d1d3',
  moss: '#6f7a4a',
  navy: '#27324f',
  oat: '#dccdb2',
  oatmeal: '#d8cbb8',
  olive: '#6b6a3a',
  plum: '#5f3a52',
  rose: '#d7a6a0',
  rust: '#a4502f',
  sage: '#a3b096',
  sand: '#d9c5a0',
  smoke: '#8b8a88',
  tan: '#b98a5b',
  white: '#fbfaf7',
};

export function isColour(value: string): boolean {
  return value in COLOURS;
}

/** A dot of a colour; nothing for one that is not known by its name. */
export function Swatch({ colour }: { readonly colour: string }) {
  const fill = COLOURS[colour];
  if (fill === undefined) return null;
  return (
    <svg className={styles.swatch} viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="9" fill={fill} />
    </svg>
  );
}
