// What a replay of the retailer's file must come to, derived from the file alone: no line of this is shared with the product.
// usage: node test/replay/expected.mjs FILE [commission in basis points]
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ISO_KNOWN = new Set(
  'Australia Belgium EIRE France Germany Italy Japan Lithuania Netherlands Norway Poland Portugal Spain Switzerland'
    .split(' ')
    .concat('United Kingdom'),
);

function cells(line) {
  const out = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const c = line[at];
    if (quoted && c === '"' && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) {
      out.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  out.push(cell.trim());
  return out;
}

function roundHalfUp(n, d) {
  return Number((2n * n + d) / (2n * d));
}

export function expected(text, commissionBasisPoints) {
  const verdicts = [];
  const counts = {};
  const bought = new Map();
  let captured = 0;
  let refunded = 0;
  let commission = 0;
  const orders = new Map();
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(1);

  const judge = (line) => {
    const [invoice, rawCode, description, quantityText, , priceText, customer, country] = cells(line);
    const code = rawCode.toUpperCase();
    const quantity = parseInt(quantityText, 10);
    const pence = Math.round(Number(priceText) * 100);
    if (code === 'POST' || code === 'DOT') return ['refused', 'postage'];
    if (code === 'C2') return ['refused', 'carriage'];
    if (code === 'D') return ['refused', 'discount'];
    if (code === 'M') return ['refused', 'manual_entry'];
    if (code === 'BANK CHARGES') return ['refused', 'bank_charges'];
    if (!/^[0-9]{5}/.test(code)) return ['refused', 'no_product'];
    if (!description) return ['refused', 'no_description'];
    if (pence === 0) return ['refused', 'zero_price'];
    if (!ISO_KNOWN.has(country)) return ['refused', 'unknown_country'];
    const purse = [customer, code, pence].join('|');
    if (invoice[0] === 'C') {
      let need = -quantity;
      const earlier = customer ? (bought.get(purse) ?? []) : [];
      if (need <= 0 || earlier.reduce((sum, sale) => sum + sale.pieces, 0) < need)
        return ['refused', 'no_matching_sale'];
      for (const sale of earlier) {
        const pieces = Math.min(need, sale.pieces);
        if (!pieces) continue;
        sale.pieces -= pieces;
        need -= pieces;
        refunded += pieces * pence;
        commission -= roundHalfUp(BigInt(pieces * pence) * BigInt(commissionBasisPoints), 10000n);
      }
      return ['refunded'];
    }
    if (quantity <= 0) return ['refused', 'negative_quantity'];
    captured += quantity * pence;
    let part = 1;
    while ((orders.get(`${invoice}.${part}`)?.prices.get(code) ?? pence) !== pence) part++;
    const key = `${invoice}.${part}`;
    const order = orders.get(key) ?? { total: 0, prices: new Map() };
    order.total += quantity * pence;
    order.prices.set(code, pence);
    orders.set(key, order);
    if (!bought.has(purse)) bought.set(purse, []);
    const last = bought.get(purse).find((sale) => sale.key === key);
    if (last) last.pieces += quantity;
    else bought.get(purse).push({ key, pieces: quantity });
    return ['sold'];
  };

  for (const [index, line] of lines.entries()) {
    const [outcome, reason] = judge(line);
    verdicts.push({ line: index + 1, outcome, ...(reason ? { reason } : {}) });
    counts[reason ?? outcome] = (counts[reason ?? outcome] ?? 0) + 1;
  }

  for (const { total } of orders.values())
    commission += roundHalfUp(BigInt(total) * BigInt(commissionBasisPoints), 10000n);
  return {
    lines: verdicts.length,
    orders: orders.size,
    counts,
    verdicts,
    ledger: {
      captured,
      refunded,
      commission,
      sellerPayable: captured - refunded - commission,
      processorReceivable: captured - refunded,
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { verdicts, ...summary } = expected(readFileSync(process.argv[2], 'utf8'), Number(process.argv[3] ?? 1000));
  console.log(JSON.stringify(process.argv.includes('--verdicts') ? { ...summary, verdicts } : summary, null, 2));
}
