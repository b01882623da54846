import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { switchSingleKeys } from '../ui/keys.ts';

export interface Preferences {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly singleLetterKeys: boolean;
  /** `over`: the tour of the sandbox was taken or declined. */
  readonly tour: 'offered' | 'over';
}

/** Applies the person's preferences, including those set in another browser. */
export function usePreferences(preferences: Preferences | undefined): void {
  const { setColorScheme } = useMantineColorScheme();
  const theme = preferences?.theme;
  const letters = preferences?.singleLetterKeys;
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    if (letters !== undefined) switchSingleKeys(letters);
  }, [letters]);
}
