import { hydrate } from '../../hydrate.tsx';
import { SearchBody } from './SearchBody.tsx';

await hydrate(SearchBody);
