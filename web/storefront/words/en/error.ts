export const error = {
  notFoundTitle: 'We could not find this page',
  notFoundText: 'The address may be mistyped, or what was here is no longer sold.',
  unavailableTitle: 'The shop needs a moment',
  unavailableText:
    'A part of the shop is not answering just now. Your cart and orders are safe. Please try again shortly.',
  failedTitle: 'Something went wrong on our side',
  failedText: 'We have noted it. Please try again; if it keeps happening, tell us the number below.',
  refusedTitle: 'We cannot show this page',
  refusedText: 'The address is not one that we understand.',
  retry: 'Try again',
  home: 'To the front page',
  reference: 'Reference',
};
