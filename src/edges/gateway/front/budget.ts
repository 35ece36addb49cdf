/** How much may be sent a second time: a share of what is sent a first time, so that retries never become the load. */
export interface Budget {
  /** Something was sent a first time. */
  earn(): void;
  /** Whether something could be sent again. */
  readonly isLeft: boolean;
  /** True when something may be sent again. */
  spend(): boolean;
}

/** `share` of the requests, and `atLeast` of them saved up at the start and at most. */
export function budget({ share = 0.1, atLeast = 10 } = {}): Budget {
  let left = atLeast;
  return {
    earn() {
      left = Math.min(atLeast, left + share);
    },
    get isLeft() {
      return left >= 1;
    },
    spend() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
