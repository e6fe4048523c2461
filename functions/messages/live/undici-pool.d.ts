// undici types its whole; a bundle of the whole would be three quarters of a megabyte, of the pool alone half of one.
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}
