import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { done } from '../acts.ts';
import { FormDialog } from './form-dialog.tsx';
import { Row, Stack } from './layout.tsx';

interface Token {
  readonly id: string;
  readonly name: string;
  /** First characters of the token. */
  readonly prefix: string;
  readonly state: string;
}

interface TokenListProps<T extends Token> {
  tokens: readonly T[];
  /** State, last use and expiry, in one line. */
  detail: (token: T) => ReactNode;
  /** Left out if the person may not revoke any. */
  onRevoke?: ((token: T) => Promise<unknown>) | undefined;
  /** Query key to refetch afterwards. */
  stale: readonly unknown[];
  /** What stops working once it is revoked. */
  children: ReactNode;
}

/** Tokens, each with a button to revoke it permanently. */
export function TokenList<T extends Token>({ tokens, detail, onRevoke, stale, children }: TokenListProps<T>) {
  const [revoking, setRevoking] = useState<T | null>(null);
  return (
    <>
      <Stack as="ul" gap="sm" divided>
        {tokens.map((token) => (
          <Row as="li" key={token.id} gap="md" align="baseline" justify="between">
            <span className="grow">
              {token.name} <code className="muted">{token.prefix}…</code>
              <span className="muted line">{detail(token)}</span>
            </span>
            {onRevoke !== undefined && token.state === 'active' ? (
              <Button size="xs" onClick={() => setRevoking(token)} aria-label={`Revoke ${token.name}`}>
                Revoke
              </Button>
            ) : null}
          </Row>
        ))}
      </Stack>
      <FormDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={`Revoke ${revoking?.name ?? ''}`}
        submit="Revoke permanently"
        final
        onSubmit={async () => {
          if (revoking === null) return false;
          await onRevoke?.(revoking);
          await done(`“${revoking.name}” is revoked.`, stale);
          return true;
        }}
      >
        {children}
      </FormDialog>
    </>
  );
}
