export const product = {
  soldBy: 'Sold by',
  options: 'Options',
  addToCart: 'Add to cart',
  in_stock: 'In stock',
  low_stock: 'Only a few left',
  out_of_stock: 'Sold out',
  notInCurrency: (currency: string) => `Not sold in ${currency}`,
  description: 'About this product',
};
