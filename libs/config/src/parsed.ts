/** What a text reads as, or why it does not; the problem is told without the text: `is not a duration`. */
export type Parsed<V> = { readonly value: V } | { readonly problem: string };
