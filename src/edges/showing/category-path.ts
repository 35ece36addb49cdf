import { Type } from 'typebox';
import type { Category } from '../../contracts/catalog.ts';
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

export function categoryLink({ categoryId, name }: Category, language: Language) {
  return { categoryId, name: textIn(name, language) };
}
