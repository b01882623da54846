import { type AnyContractProcedure, type AnySchema, type ErrorMap, oc, type Schema } from '@orpc/contract';
import { z } from 'zod';
import type { ClientPermission, WorkspacePermission } from '#domain/access/permissions.ts';
import { type ListOf, nextCursor, pageParams } from './paging.ts';
import { tableFormat } from './shared/table-format.ts';

/** What every surface needs to know about an operation beside its schemas. */
export interface OperationMeta {
  /**
   * `client`: `client` of the input names one; `workspace`: belongs to no client; `self`: about the signed-in person.
   */
  readonly scope: 'client' | 'workspace' | 'self';
  /** `public`: no sign-in needed; `signed_in`: any person. */
  readonly permission: ClientPermission | WorkspacePermission | 'public' | 'signed_in';
  /**
   * Action in the audit log; null: nothing is changed. A test fails if an operation changes something and names none.
   */
  readonly audit: string | null;
  /** Words of the command, `exceptions request`; null: there is no command, and `why` says why. */
  readonly cli: string | null;
  /** Offered to Claude as a read-only tool. */
  readonly mcp: boolean;
  /** Set if the answer is a list, which is returned in pages: the input has `pageParams`, the answer `nextCursor`. */
  readonly list?: ListOf;
  /** Why an `Idempotency-Key` is refused and no reply stored; left out: a POST that changes something accepts one. */
  readonly replyNotKept?: string;
  /** Why there is no command or no audit action, for the parity test and the reference page. */
  readonly why?: string;
  /** Why no page of the console calls it; left out if one does. */
  readonly noPage?: string;
  /** Rows of the guide that it implements. */
  readonly guide?: readonly string[];
  /** What bounds a list in an answer without pages; left out if it has `list` or holds none. */
  readonly boundedBy?: string;
  /**
   * Proof of identity that an operation asks for. `in_person`: a browser session whose person confirmed their identity
   * within the last ten minutes; no token. For changes of who gets in, who can read or where mail goes, with which a
   * stolen token could create a permanent way in. `fresh`: the same, or a token, which was created with such a
   * confirmation; for data that leaves Bylaw or is destroyed. Required for every operation that changes something
   * (`none` included), optional for one that reads.
   */
  readonly proof?: 'in_person' | 'fresh' | 'none';
  /**
   * The operation records a person's statement or decision, on which a verdict, exception or alert will rest. It is
   * refused to an account that was not verified to belong to its person. An operation whose permission covers stating
   * or deciding sets this or `noVerifiedAccount`.
   */
  readonly verifiedAccount?: true;
  /** Why an account that is not verified may call it, although its permission lets people state or decide. */
  readonly noVerifiedAccount?: string;
  /** Why an auditor, who cannot change a client's data, may call this although it leaves a record there. */
  readonly auditorMay?: string;
  /** Allowed for someone who still has to set up a required second factor. Left out: it is not. */
  readonly beforeSecondFactor?: true;
  /** Allowed for a token that was created for backups. Left out: it is not. */
  readonly backupToken?: true;
  /**
   * Transfers bytes instead of JSON: `upload` takes a file as its body, `download` returns one, `stream` sends events.
   */
  readonly transport?: 'upload' | 'download' | 'stream';
}

/** What an operation declares beside its method and path. */
interface OperationOptions extends OperationMeta {
  readonly title: string;
  readonly description?: string;
  /** Heading in the reference: the feature's name. */
  readonly feature: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Defaults for the operations of one feature. */
type Shared = Pick<OperationOptions, 'feature'> & Partial<OperationOptions>;

/** What is left to declare for one operation. `mcp` defaults to false: offering one to Claude has to be a decision. */
type Own<Base extends Shared, Optional extends keyof OperationOptions> = Omit<
  OperationOptions,
  keyof Base | Optional
> &
  Partial<Pick<OperationOptions, (keyof Base & keyof OperationOptions) | Optional>>;

/** Who made the conflicting change, for the person whose edit was refused. */
const conflict = z.object({
  by: z.string().nullable(),
  at: z.string().nullable(),
  version: z.number().int().nullable(),
});

/** The errors that any operation may return. `message` is a sentence for a person; `code` is for programs. */
const errors = {
  BAD_REQUEST: { status: 400 },
  UNAUTHORIZED: { status: 401 },
  SECOND_FACTOR_REQUIRED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409, data: conflict },
  PAYLOAD_TOO_LARGE: { status: 413 },
  UNPROCESSABLE: { status: 422 },
  TOO_MANY_REQUESTS: { status: 429, data: z.object({ retryAfterSeconds: z.number().int() }) },
  UNAVAILABLE: { status: 503 },
  STORAGE_FULL: { status: 507 },
} as const satisfies ErrorMap;

/** The client that an operation is about: its short name (slug) in the URL. */
export const clientParam = z
  .string()
  .min(1)
  .max(80)
  .describe('Short name of the client, as in the address of its pages');

/** Input of an operation with scope `client` that declares no other. */
const ofClient = z.object({ client: clientParam });

/** Input type of operations that declare no input. */
type InputAtFirst<Base> = Base extends { readonly scope: 'client' }
  ? typeof ofClient
  : Schema<unknown, unknown>;

/**
 * Returns builders for the operations of one feature. Route, OpenAPI, typed client, command, MCP tool and reference
 * page are all derived from what is declared here; `.input()` and `.output()` follow. An operation that reads has no
 * audit action; one that changes something must name one. Without `.input()`, an operation of scope `client` takes the
 * client and nothing else.
 *
 * @param base defaults, so that each operation declares only what differs
 */
export function operationsOf<const Base extends Shared>(base: Base) {
  const input = (base.scope === 'client' ? ofClient : undefined) as InputAtFirst<Base> | undefined;
  const made = (method: Method, path: `/${string}`, own: Own<Base, 'mcp' | 'audit'>) =>
    operation(method, path, { audit: null, mcp: false, ...base, ...own } as OperationOptions, input);
  type Reads = Own<Base, 'mcp' | 'audit'>;
  type Changes = Own<Base, 'mcp'> & (Pick<Required<OperationMeta>, 'proof'> | { readonly audit: null });
  type Listed<Filters, Output> = Reads & {
    readonly list: ListOf;
    readonly cli: string;
    readonly exportTitle: string;
    readonly filters: Filters;
    readonly output: Output;
  };
  /** Returns a file made by `asDownload`, which sets the output schema. */
  const download = (
    path: `/${string}`,
    { method = 'GET', ...own }: Reads & { readonly method?: 'GET' | 'POST' },
  ) =>
    made(method, path, { ...own, transport: 'download' } as Reads)
      .route({ outputStructure: 'detailed', successStatus: 200 })
      .output(downloadOutput);
  /** Paths are relative to /api/v1; those of a client's operations start with /clients/{client}. */
  return {
    get: (path: `/${string}`, own: Reads) => made('GET', path, own),
    post: (path: `/${string}`, own: Changes) => made('POST', path, own),
    put: (path: `/${string}`, own: Changes) => made('PUT', path, own),
    patch: (path: `/${string}`, own: Changes) => made('PATCH', path, own),
    del: (path: `/${string}`, own: Changes) => made('DELETE', path, own),
    download,
    /**
     * A paged list and its export as a file, with the same filters and permission. The export is at `<path>/export`,
     * and its command ends with `export` instead of `list`.
     */
    listed: <Filters extends z.ZodRawShape, Output extends AnySchema>(
      path: `/${string}`,
      { exportTitle, filters, output, ...own }: Listed<Filters, Output>,
    ) => {
      const { title: _title, description: _description, guide: _guide, list: _list, ...shared } = own;
      return {
        list: made('GET', path, own as unknown as Reads)
          .input(z.object({ ...filters, ...pageParams() }))
          .output(output),
        export: download(`${path}/export`, {
          ...shared,
          title: exportTitle,
          mcp: false,
          cli: own.cli.replace(/list$/, 'export'),
          why: `A file for a person; ${own.cli} gives the same.`,
        } as unknown as Reads).input(z.object({ ...filters, format: tableFormat })),
      };
    },
  };
}

function operation<Input extends AnySchema>(
  method: Method,
  path: `/${string}`,
  { title, description, feature, ...meta }: OperationOptions,
  input: Input | undefined,
) {
  return oc
    .$input(input)
    .$meta<OperationMeta>(meta)
    .errors(errors)
    .route({
      method,
      path,
      summary: title,
      ...(description === undefined ? {} : { description }),
      tags: [feature],
      inputStructure: 'compact',
      successStatus: method === 'POST' ? 201 : 200,
    });
}

/** What a download's handler returns; made by `asDownload`. */
export const downloadOutput = z.object({
  headers: z.object({
    'content-type': z.string(),
    'content-disposition': z.string(),
    'cache-control': z.string(),
    'x-content-type-options': z.string(),
    'content-length': z.string().optional(),
  }),
  body: z.union([z.file(), z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream)]),
});

/** Edits name the version they are based on, so that nobody overwrites changes they have not seen. */
export const versionParam = z
  .number()
  .int()
  .min(1)
  .describe('Version that was shown to the person who is editing');

/** Why somebody does something; kept in the audit log. */
export const reasonParam = z.string().trim().min(3, 'Briefly say why.').max(2000);

export const instant = z.string().describe('Time, RFC 3339');

/** A page of a list; `total` counts all matching entries. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int(), nextCursor });
}

/** An operation as every surface sees it. */
export interface Operation {
  /** Keys in the contract, for example ['exceptions', 'request']. */
  readonly path: readonly string[];
  readonly method: string;
  /** Relative to /api/v1, with `{name}` placeholders. */
  readonly route: string;
  readonly title: string;
  readonly description: string | null;
  readonly feature: string;
  readonly meta: OperationMeta;
  readonly procedure: AnyContractProcedure;
}
