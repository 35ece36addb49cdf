import { useWords } from '../../language.tsx';
import { ProblemError } from '../../server/problem.ts';
import type { Draft, DraftErrors } from './draft.ts';
import { productWords } from './words.ts';

/** What of a draft cannot be read, in words by the field's path. */
export function useFieldErrorText(): (errors: DraftErrors) => Readonly<Record<string, string>> {
  const { errors: words } = useWords(productWords);
  return (errors) =>
    Object.fromEntries(
      Object.entries(errors).map(([path, error]) => {
        if (error !== 'price') return [path, words[error]];
        return [path, words.price(path.endsWith('/KRW') || path.endsWith('/JPY') ? '18000' : '12.50')];
      }),
    );
}

/** A problem's errors by the field's path: those that it names, and the field that a refusal is about. */
export function fieldErrorsOf(fault: unknown, draft: Draft): Readonly<Record<string, string>> {
  if (!(fault instanceof ProblemError)) return {};
  const { code, document, message } = fault;
  if (Array.isArray(document.errors)) {
    const named = document.errors as readonly { readonly path: string; readonly message: string }[];
    return Object.fromEntries(named.map(({ path, message: said }) => [fieldOf(path), said]));
  }
  switch (code) {
    case 'unknown_seller':
      return { sellerId: message };
    case 'unknown_category':
      return { categoryIds: message };
    case 'title_missing':
      return { title: message };
    case 'sku_taken': {
      const index = draft.variants.findLastIndex(({ sku }) => sku.trim() === document.sku);
      return { [`variants/${Math.max(index, 0)}/sku`]: message };
    }
    default:
      return {};
  }
}

function fieldOf(path: string): string {
  const field = path.replace(/^body\//, '').replace(/^path\//, '');
  return field.startsWith('images/') ? 'images' : field.startsWith('categoryIds/') ? 'categoryIds' : field;
}
