/* wrap/tcp_probe: a host that answers, one that refuses, and one that nobody waits for. */
#include "check.h"

#include "base/clock.h"
#include "wrap/tcp_probe.h"

#include <arpa/inet.h>
#include <sys/socket.h>

/* A socket at a free port of the loopback address; `listening`, or only in the way. */
static int occupy(bool listening, unsigned *port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
	assert_true(!listening || listen(fd, 4) == 0);
	*port = ntohs(address.sin_port);
	return fd;
}

TEST(a_host_that_listens_is_reached)
{
	ARENA_SCRATCH(scratch);
	Str address = {0}, reason = {0};
	int64_t us = 0;
	unsigned port;
	int fd = occupy(true, &port);
	AUTO_TCP_PROBE reach = tcp_probe_start(STR("127.0.0.1"), port, 2000);
	assert_true(tcp_probe_wait(&scratch, reach, &address, &us, &reason));
	check_str(address, STR("127.0.0.1"));
	assert_true(us > 0 && us < 2000000);
	close(fd);
}

TEST(one_that_refuses_says_so_at_once)
{
	ARENA_SCRATCH(scratch);
	Str address = {0}, reason = {0};
	int64_t us = 0, start = clock_us();
	unsigned port;
	int fd = occupy(false, &port);
	AUTO_TCP_PROBE reach = tcp_probe_start(STR("127.0.0.1"), port, 5000);
	assert_false(tcp_probe_wait(&scratch, reach, &address, &us, &reason));
	assert_true(reason.len > 0 && !address.len);
	assert_true(clock_us() - start < 3000000);
	close(fd);
}

TEST(a_proxy_is_not_asked)
{
	ARENA_SCRATCH(scratch);
	Str address = {0}, reason = {0};
	int64_t us = 0;
	unsigned port;
	int fd = occupy(true, &port);
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	AUTO_TCP_PROBE reach = tcp_probe_start(STR("127.0.0.1"), port, 2000);
	assert_true(tcp_probe_wait(&scratch, reach, &address, &us, &reason));
	unsetenv("http_proxy");
	unsetenv("all_proxy");
	close(fd);
}

TEST(nobody_has_to_wait)
{
	int64_t start = clock_us();
	TcpProbe *reach = tcp_probe_start(STR("192.0.2.1"), 5432, 30000); /* TEST-NET: no answer */
	tcp_probe_close(&reach);
	assert_null(reach);
	tcp_probe_close(&reach);
	assert_true(clock_us() - start < 5000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_that_listens_is_reached),
		cmocka_unit_test(one_that_refuses_says_so_at_once),
		cmocka_unit_test(a_proxy_is_not_asked),
		cmocka_unit_test(nobody_has_to_wait),
	};
	return cmocka_run_group_tests_name("reach", tests, NULL, NULL);
}
