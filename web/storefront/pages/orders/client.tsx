import { hydrate } from '../../hydrate.tsx';
import { OrdersBody } from './OrdersBody.tsx';

await hydrate(OrdersBody);
