import { Type } from 'typebox';
import type { Category } from '../../contracts/catalog.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Language, textIn } from './language.ts';

export const CategoryLink = Type.Object({ categoryId: Type.String(), name: Type.String() });

/** A category and what it lies in, outermost first; empty for one that there is not. */
export function categoryPath(categoryId: string | undefined, categories: readonly Category[]): readonly Category[] {
  const path: Category[] = [];
  for (let at = categoryId; at !== undefined; ) {
    const category = categories.find((each) => each.categoryId === at);
    if (category === undefined || path.includes(category)) return path;
    path.unshift(category);
    at = category.parentId;
  }
  return path;
}

/** A category as a link names it. */
export function categoryLink({ categoryId, name }: Category, language: Language) {
  return { categoryId, name: textIn(name, language) };
}

/** One of the categories. Throws an `unknown_category` problem. */
export function categoryIn(categories: readonly Category[], categoryId: string): Category {
  const category = categories.find((each) => each.categoryId === categoryId);
  if (category === undefined) throw new Problem('unknown_category', `There is no category ${categoryId}.`);
  return category;
}

/** A category with what it lies in, outermost first, and what lies in it. */
export function categoryPlace(category: Category, categories: readonly Category[], language: Language) {
  const link = (each: Category) => categoryLink(each, language);
  return {
    ...link(category),
    within: categoryPath(category.parentId, categories).map(link),
    below: categories.filter(({ parentId }) => parentId === category.categoryId).map(link),
  };
}
