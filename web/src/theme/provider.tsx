import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import './mantine.ts';
import './fonts.css';
import './base.css';
import './print.css';
import { styleNonce } from './nonce.ts';
import { theme } from './theme.tsx';
import { resolveVariables } from './variables.ts';

const schemes = localStorageColorSchemeManager({ key: 'bylaw.scheme' });

/** Provides theme, colors and scheme. The scheme follows the system until a person chooses one. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
