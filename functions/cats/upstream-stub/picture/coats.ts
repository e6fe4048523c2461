// Colours of coats: the ground, the markings on it, and the light parts (muzzle, chest).
export interface Coat {
  readonly ground: string;
  readonly mark: string;
  readonly light: string;
}

export const COATS = {
  black: { ground: '#44434b', mark: '#323138', light: '#5d5c66' },
  blue: { ground: '#8d99aa', mark: '#707c8e', light: '#a9b4c3' },
  bronze: { ground: '#b99b70', mark: '#604a31', light: '#e0cda9' },
  brown: { ground: '#ae8a65', mark: '#624a36', light: '#dcc3a3' },
  chocolate: { ground: '#805a47', mark: '#623f30', light: '#a07b67' },
  cinnamon: { ground: '#ba7a52', mark: '#945937', light: '#d8a47f' },
  cream: { ground: '#f1dcbc', mark: '#d8b688', light: '#fbf1e2' },
  fawn: { ground: '#d9bb9b', mark: '#b79370', light: '#eedfcc' },
  golden: { ground: '#dcb676', mark: '#8f6735', light: '#f3e1b9' },
  lilac: { ground: '#c8b9b8', mark: '#a79593', light: '#e1d7d4' },
  red: { ground: '#e3a062', mark: '#c17634', light: '#f6d0a6' },
  ruddy: { ground: '#bd7c47', mark: '#814f27', light: '#e5b686' },
  silver: { ground: '#c7ccd4', mark: '#656c78', light: '#ebeef2' },
  skin: { ground: '#efd3c4', mark: '#d8ad9b', light: '#f8e6dc' },
  slate: { ground: '#bfb1b2', mark: '#9a8a8d', light: '#d6cbcb' },
  white: { ground: '#f8f5ef', mark: '#dcd5c8', light: '#ffffff' },
  'blue point': { ground: '#e6e8ec', mark: '#7f8b9d', light: '#f5f6f8' },
  'chocolate point': { ground: '#f3e9dc', mark: '#8e6650', light: '#fbf6ee' },
  'flame point': { ground: '#f8ecdb', mark: '#dc945d', light: '#fdf7ef' },
  'lilac point': { ground: '#f2ecea', mark: '#b39e9d', light: '#faf7f6' },
  'seal point': { ground: '#eadecb', mark: '#57433a', light: '#f6efe3' },
} as const satisfies Record<string, Coat>;

export type CoatName = keyof typeof COATS;
