import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './account.module.css';

/** For an account of which nothing shows yet whose it is: asks for the mailed link, and takes it from the address bar. */
export function ProveAddress({ onChanged }: { onChanged: () => void }) {
  const ask = useMutation({
    mutationFn: () => client.account.sendAddressLink({}),
    onSuccess: () => toast({ kind: 'done', text: 'The link is on its way. Open it in this browser.' }),
    onError: (error) => toast({ kind: 'failed', text: error.message }),
  });
  const prove = useMutation({
    mutationFn: (token: string) => client.account.proveAddress({ token }),
    onSuccess: () => toast({ kind: 'done', text: 'Your account is proven. Your approvals count.' }),
    onError: (error) => toast({ kind: 'failed', text: error.message }),
    onSettled: onChanged,
  });
  const taken = useRef(false);
  const { mutate } = prove;
  useEffect(() => {
    const token = location.hash.slice(1);
    if (taken.current || token.length < 20) return;
    taken.current = true;
    history.replaceState(history.state, '', location.pathname + location.search);
    mutate(token);
  }, [mutate]);
  return (
    <Card title="Show that this account is yours">
      <div className={classes.form}>
        <p>
          Somebody else was shown the link that this account was opened with, so your approvals do not count
          yet. Open a link that goes to your address alone, sign in with a provider that vouches for it, or
          have an Owner confirm you under Access, Users.
        </p>
        <div>
          <Button variant="filled" loading={ask.isPending} onClick={() => ask.mutate()}>
            Mail me the link
          </Button>
        </div>
      </div>
    </Card>
  );
}
