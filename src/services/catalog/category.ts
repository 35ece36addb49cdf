import type { Category } from '../../contracts/catalog.ts';
import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import { accept, nothingToDo, type Rejection } from '../../kernel/rejection.ts';
import { sameContent } from './same-content.ts';

export type CategoryState = Category | null;
export interface CategoryCommand {
  readonly kind: 'put';
  readonly category: Category;
}
export type CategoryEvent = DomainEvent<'CategoryChanged', { readonly category: Category }>;

export const categoryDecider: Decider<CategoryState, CategoryCommand, CategoryEvent, never> = {
  initial: null,
  decide: ({ category }, state) =>
    sameContent(state, category) ? nothingToDo : accept({ type: 'CategoryChanged', data: { category } }),
  evolve: (_, event) => event.data.category,
};

/** Why a category cannot stand where it is put, or undefined when it can. `parentOf` knows every category of the shop. */
export function misplacement(
  category: Category,
  parentOf: (categoryId: string) => { readonly parentId?: string } | undefined,
): Rejection | undefined {
  for (let above = category.parentId; above !== undefined; above = parentOf(above)?.parentId) {
    if (above === category.categoryId)
      return { code: 'category_cycle', detail: `The category ${above} would be inside itself.` };
    if (parentOf(above) === undefined)
      return { code: 'unknown_category', detail: `There is no category ${above}.`, extra: { categoryId: above } };
  }
  return undefined;
}
