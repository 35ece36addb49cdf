import type en from './en.ts';

type Same<Value> = Value extends string
  ? string
  : Value extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Key in keyof Value]: Same<Value[Key]> };

/** Every visible word, in one language; English says which there are. */
export type Words = Same<typeof en>;
