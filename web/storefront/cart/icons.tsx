const frame = {
  width: 18,
  height: 18,
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  focusable: false,
} as const;

export function MinusIcon() {
  return (
    <svg {...frame} aria-hidden="true">
      <path d="M6 12h12" />
    </svg>
  );
}

export function PlusIcon() {
  return (
    <svg {...frame} aria-hidden="true">
      <path d="M6 12h12M12 6v12" />
    </svg>
  );
}

export function CloseIcon() {
  return (
    <svg {...frame} width={22} height={22} aria-hidden="true">
      <path d="m6 6 12 12M18 6 6 18" />
    </svg>
  );
}

export function CheckIcon() {
  return (
    <svg {...frame} strokeLinejoin="round" aria-hidden="true">
      <path d="m5 12.5 4.5 4.5L19 7.5" />
    </svg>
  );
}
