-- tenants
create schema tenant;
create table accounts (id uuid primary key, name text not null, settings jsonb not null default '{}');
create table tenant.members (account_id uuid not null references public.accounts, user_id uuid not null, role text not null default 'member', primary key (account_id, user_id));
create table tenant.invites (id uuid primary key default gen_random_uuid(), account_id uuid, user_id uuid, foreign key (account_id, user_id) references tenant.members);
create function tenant.is_member(account uuid) returns boolean language sql as 'select true';
create view tenant.seats as select account_id, count(*) as n from tenant.members group by 1;
