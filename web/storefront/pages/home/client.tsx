import { hydrate } from '../../hydrate.tsx';
import { HomeBody } from './HomeBody.tsx';

await hydrate(HomeBody);
