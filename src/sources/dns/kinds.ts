import type { FileKind } from '../exports/file-kind.ts';

/** Saved TXT answers of dig, host, nslookup, Resolve-DnsName and `bylaw dns check`. */
export const dnsKinds: readonly FileKind[] = [];
