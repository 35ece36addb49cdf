import {
  Activity,
  BookOpenCheck,
  HeartPulse,
  Hospital,
  Layers,
  type LucideIcon,
  Network,
  Package,
  Route,
  ShoppingBag,
} from 'lucide-react';

/** The pages in the rail, by group. */
export const NAVIGATION = [
  {
    group: 'now',
    pages: [
      { page: 'overview', to: '/', icon: Activity },
      { page: 'topology', to: '/topology', icon: Network },
    ],
  },
  {
    group: 'shop',
    pages: [
      { page: 'orders', to: '/orders', icon: ShoppingBag },
      { page: 'products', to: '/products', icon: Package },
      { page: 'ledger', to: '/ledger', icon: BookOpenCheck },
    ],
  },
  {
    group: 'care',
    pages: [
      { page: 'hospital', to: '/hospital', icon: Hospital },
      { page: 'sagas', to: '/sagas', icon: Route },
      { page: 'views', to: '/views', icon: Layers },
      { page: 'system', to: '/system', icon: HeartPulse },
    ],
  },
] as const satisfies readonly {
  readonly group: string;
  readonly pages: readonly { readonly page: string; readonly to: string; readonly icon: LucideIcon }[];
}[];
