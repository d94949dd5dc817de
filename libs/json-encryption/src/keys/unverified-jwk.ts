/** A JSON Web Key (RFC 7517) as it was read: of a key type, and nothing more is known of it. */
export type UnverifiedJwk = Readonly<Record<string, unknown>> & { readonly kty: string };
