import type { Generated } from 'kysely';
import type { Instant, Json, MaybeInstant } from './columns.ts';

/** An approval of a request, valid only for what the request and its review said at the time. */
export interface RequestApproval {
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly until: string;
}

/** An answer of the review and its author. */
export interface RequestAnswer {
  readonly answer: 'yes' | 'no' | 'not_known';
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

/** Requests for connectors, and their outcome. */
export interface RequestTables {
  connector_requests: {
    client_id: string;
    id: string;
    /** Id in the catalogue; null: known by name only. */
    entry: string | null;
    name: string;
    url: string | null;
    purpose: string;
    data: Json<string[]>;
    people: string;
    /** no, yes, not_known */
    writes: string;
    wanted_until: string;
    /** asked, in_review, deferred, approved, refused, withdrawn */
    state: string;
    /** Day on which a deferred request is due for a decision again; null: never deferred. */
    deferred_until: Generated<string | null>;
    answers: Json<Record<string, RequestAnswer>>;
    approvals: Json<RequestApproval[]>;
    /** Last day of the approval; null: not approved. */
    until_day: string | null;
    reason: string | null;
    charter_draft_id: string | null;
    asked_by: string;
    asked_by_name: string;
    asked_at: Instant;
    changed_by_name: string;
    changed_at: Instant;
    decided_by_name: string | null;
    decided_at: MaybeInstant;
    version: Generated<number>;
  };
  /** Departments that want the requested connector, including those that did not ask first. */
  connector_request_departments: {
    client_id: string;
    connector_request_id: string;
    department: string;
    people: string;
    purpose: string;
    asked_by_name: string;
    asked_at: Instant;
  };
  connector_request_steps: {
    client_id: string;
    connector_request_id: string;
    seq: number;
    /** asked, joined, reviewed, approved_first, approved, deferred, refused, withdrawn */
    act: string;
    note: string | null;
    done_by: string;
    done_by_name: string;
    done_at: Instant;
  };
}
