/* A name service that knows an account which the machine does not have. */
#include <nss.h>
#include <pwd.h>
#include <string.h>

enum nss_status _nss_help_getpwnam_r(const char *name, struct passwd *found, char *buffer,
                                     size_t size, int *error)
{
    (void)buffer, (void)size, (void)error;
    if (strcmp(name, "els") != 0)
        return NSS_STATUS_NOTFOUND;
    found->pw_name = "els", found->pw_passwd = "x", found->pw_gecos = "";
    found->pw_uid = found->pw_gid = 1500;
    found->pw_dir = "/home/els", found->pw_shell = "/bin/sh";
    return NSS_STATUS_SUCCESS;
}
