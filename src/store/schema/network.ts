import type { Instant } from './columns.ts';

/** Tests of network controls. */
export interface NetworkTables {
  network_probes: {
    client_id: string;
    id: string;
    at: Instant;
    /** Which network and device, in words. */
    place: string;
    /** What came of each request: domain/network/probe.ts; null: it was not made. */
    own: string;
    other_key: string | null;
    other_value: string;
    /** Provider of the personal account that was tried in the browser, such as gmail.com; null: the command's requests. */
    account_domain: string | null;
    /** Side of a block that was tried: domain/network/block.ts; null: none. */
    block_side: string | null;
    user_id: string;
    /** Name of the person as it was then. */
    person: string;
  };
}
