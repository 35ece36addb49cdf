import { hydrate } from '../../hydrate.tsx';
import { ErrorBody } from './ErrorBody.tsx';

await hydrate(ErrorBody);
