"""A vault like Supabase's: its table, its view and its two functions, over pgcrypto.

The real one is the extension supabase_vault, which Debian does not have; signatures, defaults and
privileges are those of its version 0.3.1."""

SQL = """
create extension if not exists pgcrypto with schema {pgcrypto};
create schema vault;
create table vault.secrets (
  id uuid primary key default gen_random_uuid(),
  name text,
  description text not null default '',
  secret text not null,
  key_id uuid,
  nonce bytea,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp);
create unique index on vault.secrets (name) where name is not null;
create view vault.decrypted_secrets as
  select id, name, description, secret, {pgcrypto}.pgp_sym_decrypt(decode(secret, 'base64'), 'key of the tests')
    as decrypted_secret, key_id, nonce, created_at, updated_at from vault.secrets;
create function vault.create_secret(
    new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null)
  returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  insert into vault.secrets (secret, name, description)
  values (encode({pgcrypto}.pgp_sym_encrypt(new_secret, 'key of the tests'), 'base64'), new_name, new_description)
  returning id into made;
  return made;
end $$;
create function vault.update_secret(
    secret_id uuid, new_secret text default null, new_name text default null, new_description text default null,
    new_key_id uuid default null)
  returns void language plpgsql security definer set search_path = '' as $$
begin
  update vault.secrets s
  set secret = case when new_secret is null then s.secret
               else encode({pgcrypto}.pgp_sym_encrypt(new_secret, 'key of the tests'), 'base64') end,
      name = coalesce(new_name, s.name), description = coalesce(new_description, s.description),
      updated_at = clock_timestamp()
  where s.id = secret_id;
end $$;
grant usage on schema vault to postgres;
grant select, delete on vault.secrets, vault.decrypted_secrets to postgres;
"""


def install(database, pgcrypto="public"):
    """With pgcrypto in this schema, made there if the database has it nowhere."""
    database.query(SQL.replace("{pgcrypto}", pgcrypto))


def secrets(database):
    """{name: value} of what the vault holds."""
    return dict(database.query("select name, decrypted_secret from vault.decrypted_secrets"))


def times(database):
    """{name: updated_at}: equal for two moments only if nothing was written between them."""
    return dict(database.query("select name, (updated_at, xmin)::text from vault.secrets"))
