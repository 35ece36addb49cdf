type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A column that grows at its end. Read `values` anew after a push: it may have moved. */
export interface Growing<Values extends TypedArray> {
  readonly values: Values;
  readonly length: number;
  push(value: number): void;
}

/** An empty column; values that are not pushed yet read as zero. */
export function growing<Values extends TypedArray>(
  make: new (length: number) => Values,
  capacity = 1_024,
): Growing<Values> {
  let values = new make(capacity);
  let length = 0;
  return {
    get values() {
      return values;
    },
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new make(Math.ceil(values.length * 1.5));
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
  };
}
