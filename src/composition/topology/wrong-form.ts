import type { TLocalizedValidationError } from 'typebox/error';

/** What is wrong with a document's form, as the end of a sentence that begins with "… is": the first error, with its JSON path. */
export function wrongForm(errors: readonly TLocalizedValidationError[]): string {
  // A key that must not be there is told twice: as itself, and as its parent's.
  const stranger = errors.find(({ keyword }) => keyword === 'additionalProperties');
  const [error] = stranger === undefined ? errors : [stranger];
  if (error === undefined) return 'right';
  const at = error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties':
      return `wrong at ${at}/${error.params.additionalProperties[0]}: there is no such key, or its name is not spelt like one`;
    case 'enum':
      return `wrong at ${at}: it must be one of ${error.params.allowedValues.join(', ')}`;
    case 'required':
      return `wrong at ${at || '/'}: ${error.params.requiredProperties.join(', ')} is missing`;
    default:
      return `wrong at ${at || '/'}: it ${error.message}`;
  }
}
