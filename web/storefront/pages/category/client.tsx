import { hydrate } from '../../hydrate.tsx';
import { CategoryBody } from './CategoryBody.tsx';

await hydrate(CategoryBody);
