export interface Expected {
  lines: number;
  orders: number;
  counts: Record<string, number>;
  verdicts: { line: number; outcome: string; reason?: string }[];
  ledger: {
    captured: number;
    refunded: number;
    commission: number;
    sellerPayable: number;
    processorReceivable: number;
  };
}
export function expected(text: string, commissionBasisPoints: number): Expected;
