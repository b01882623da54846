import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { paperOf, zonesOfCountry } from '../../../../src/domain/text/paper.ts';
import type { useFields } from '../../ui/fields.ts';
import { type ClientValues, INPUT_ORDER, zones } from './profile-fields.tsx';

interface Country {
  readonly code: string;
  readonly name: string;
  readonly zones: readonly string[];
}

let known: readonly Country[] | null = null;

/**
 * Countries with their time zones: the United States, where almost all clients are, then the others by name; empty if
 * this browser does not know them.
 */
function countries(): readonly Country[] {
  if (known !== null) return known;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  known = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code): Country[] => {
      const name = names.of(code);
      const inside = name === undefined ? [] : zonesOfCountry(code);
      return name === undefined || inside.length === 0 ? [] : [{ code, name, zones: inside }];
    })
    // Obsolete codes resolve to the name of the successor country, which is listed under its own code.
    .filter(({ code }) => new Intl.Locale('und', { region: code }).region === code)
    .sort((a, b) => Number(b.code === 'US') - Number(a.code === 'US') || a.name.localeCompare(b.name, 'en'));
  return known;
}

/** The country of a time zone; if several share it, the one with the most time zones. */
function countryOf(zone: string): Country | undefined {
  return countries()
    .filter((one) => one.zones.includes(zone))
    .sort((a, b) => b.zones.length - a.zones.length)[0];
}

const PAPER = { a4: 'A4', letter: 'US Letter' } as const;
const CHOICE = 'choice';

/**
 * The client's location. The country determines the paper size of reports, and the time zone if it has only one;
 * otherwise the time zone is asked for.
 */
export function WhereFields({ fields }: { fields: ReturnType<typeof useFields<ClientValues>> }) {
  const zone = fields.values.timezone;
  // Remembers the country until one of its several time zones is chosen; after that, the zone identifies it.
  const [chosen, setChosen] = useState<Country | undefined>(undefined);
  const country = zone === '' ? chosen : countryOf(zone);
  const listed = zones();
  return (
    <>
      {countries().length === 0 ? null : (
        <NativeSelect
          label="Country"
          description={country === undefined || zone === '' ? undefined : paperWords(country, zone)}
          inputWrapperOrder={INPUT_ORDER}
          data={[
            ...(country === undefined ? [{ value: CHOICE, label: 'Choose a country' }] : []),
            ...countries().map(({ code, name }) => ({ value: code, label: name })),
          ]}
          value={country?.code ?? CHOICE}
          onChange={(event) => {
            const next = countries().find(({ code }) => code === event.currentTarget.value);
            if (next === undefined) return;
            const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
            const [only = '', ...others] = next.zones;
            setChosen(next);
            fields.set('timezone', next.zones.includes(own) ? own : others.length === 0 ? only : '');
          }}
        />
      )}
      {country === undefined ? (
        <>
          <TextInput label="Time zone" list="zones" {...fields.text('timezone')} />
          <datalist id="zones">
            {listed.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      ) : country.zones.length === 1 ? null : (
        <NativeSelect
          label="Time zone"
          data={[
            ...(zone === '' ? [{ value: '', label: 'Choose a time zone' }] : []),
            ...country.zones.map((one) => ({ value: one, label: zoneWords(one) })),
          ]}
          {...fields.text('timezone')}
        />
      )}
    </>
  );
}

function paperWords({ zones: all }: Country, zone: string): string {
  const paper = `Reports are printed on ${PAPER[paperOf(zone)]}.`;
  return all.length === 1 ? `${paper} Time zone: ${zoneWords(zone)}.` : paper;
}

/** Example: "New York (Eastern Time)". */
function zoneWords(zone: string): string {
  const city = zone.split('/').slice(1).reverse().join(', ').replaceAll('_', ' ');
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longGeneric' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name === undefined ? zone : `${city || zone} (${name})`;
}
