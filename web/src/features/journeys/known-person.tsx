import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import type { useFields } from '../../ui/fields.ts';

/** Letters typed before people are looked up. */
const MIN_LETTERS = 2;
const MAX_SUGGESTIONS = 8;

interface KnownPersonProps {
  readonly field: ReturnType<ReturnType<typeof useFields<{ name: string }>>['text']>;
  readonly value: string;
  readonly onPick: (person: { readonly name: string; readonly address: string }) => void;
}

/**
 * Name of someone who leaves or joins. Suggests people of the roster and of Claude; whoever is picked brings their
 * address along.
 */
export function KnownPerson({ field, value, onPick }: KnownPersonProps) {
  const { slug } = useClientHere();
  const list = useId();
  const search = value.trim();
  const { data } = useQuery(
    api.people.list.queryOptions({
      input: { client: slug, tab: 'everyone', search, limit: MAX_SUGGESTIONS },
      enabled: search.length >= MIN_LETTERS,
      placeholderData: keepPreviousData,
    }),
  );
  const people = (data?.items ?? []).flatMap(({ name, account, roster }) => {
    const address = roster[0]?.addresses[0] ?? account?.address ?? null;
    return address === null || address === name ? [] : [{ name, address, option: `${name} <${address}>` }];
  });
  return (
    <>
      <TextInput
        label="Name"
        list={list}
        autoComplete="off"
        maxLength={200}
        {...field}
        onChange={(event) => {
          const picked = people.find(({ option }) => option === event.currentTarget.value);
          if (picked === undefined) field.onChange(event);
          else onPick(picked);
        }}
      />
      <datalist id={list}>
        {people.map(({ option }) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </>
  );
}
