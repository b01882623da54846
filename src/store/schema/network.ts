import type { ColumnType } from 'kysely';
import type { ProbeCertificate } from '#domain/network/probe.ts';
import type { Instant } from './columns.ts';

/** Tests of network controls, and the devices that sign them. */
export interface NetworkTables {
  network_probes: {
    client_id: string;
    id: string;
    at: Instant;
    /** Which network and device, as described by the person. */
    place: string;
    /** Result of each request, see domain/network/probe.ts; null: not made. */
    own: string;
    other_key: string | null;
    other_value: string;
    /** Provider of the personal account tried in the browser, such as gmail.com; null: the command's requests. */
    account_domain: string | null;
    /** Side of a block that was tried, see domain/network/block.ts; null: none. */
    block_side: string | null;
    user_id: string;
    /** Name of the person at the time. */
    person: string;
    /** Device that signed it, the time by its own clock, and its nonce; null: unsigned, on the person's word. */
    device_id: string | null;
    signed_at: Instant | null;
    nonce: string | null;
    /**
     * Program in which a personal account was tried, see domain/network/probe.ts; null: the browser, or no such test.
     */
    app: string | null;
    /** Whether the request that recorded it carried the header meant for Claude; null: not checked. */
    header_here: boolean | null;
    /** Issuers of the certificates of Claude's hosts, see domain/network/probe.ts; null: not read. */
    certificates: ColumnType<readonly ProbeCertificate[] | null, string | null | undefined, string | null>;
  };
  network_devices: {
    client_id: string;
    id: string;
    name: string;
    /** SubjectPublicKeyInfo of a P-256 key, in Base64. */
    public_key: string;
    enrolled_at: Instant;
    enrolled_by: string;
    enrolled_by_name: string;
    revoked_at: Instant | null;
    revoked_by_name: string | null;
  };
}
