import { hydrate } from '../../hydrate.tsx';
import { OrderBody } from './OrderBody.tsx';

await hydrate(OrderBody);
