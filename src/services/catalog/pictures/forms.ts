import { PICTURE_WIDTHS, type PictureFormat } from '../../../contracts/pictures.ts';

/** A picture as pixels: `name` is how its address ends, e.g. `640.avif`. */
export interface Form {
  readonly name: string;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  /** How wide the drawing is on it; around it is the house's paper. */
  readonly drawingWidth: number;
}

const FORMATS: readonly PictureFormat[] = ['avif', 'webp', 'jpg'];

/** For a link's preview. */
const PREVIEW: Form = { name: 'og.jpg', format: 'jpg', width: 1200, height: 630, drawingWidth: 550 };

const FORMS: ReadonlyMap<string, Form> = new Map(
  [
    ...FORMATS.flatMap((format) =>
      PICTURE_WIDTHS.map(
        (width): Form => ({ ...{ format, width }, height: width, drawingWidth: width, name: `${width}.${format}` }),
      ),
    ),
    PREVIEW,
  ].map((form) => [form.name, form]),
);

/** Which picture a file's name asks for, and as what: `mug.svg` the drawing itself, `mug.640.avif`, `mug.og.jpg`. */
export function askedPicture(file: string): { readonly name: string; readonly form: Form | 'svg' } | undefined {
  const [, name, ending] = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,63}?)\.(svg|[a-z0-9]+\.[a-z]+)$/.exec(file) ?? [];
  if (name === undefined || ending === undefined) return undefined;
  const form = ending === 'svg' ? ending : FORMS.get(ending);
  return form && { name, form };
}
